namespace XmppHost.Scripting.Format;

/// <summary>Collects the problems of one file, so that an author sees all of them at once.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<ScriptProblem> _problems = [];

    public void Add(int line, string message) => _problems.Add(new ScriptProblem(file, line, message));

    /// <summary>Runs something that reads a part of the file; null, with the problem noted, when it cannot be read.</summary>
    public T? Try<T>(int line, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ScriptFormatException e)
        {
            Add(e.Line ?? line, e.Message);
        }
        catch (FormatException e)
        {
            Add(line, e.Message);
        }

        return null;
    }

    /// <exception cref="ScriptSyntaxException">There were problems.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0) throw new ScriptSyntaxException([.. _problems.OrderBy(p => p.Line)]);
    }
}

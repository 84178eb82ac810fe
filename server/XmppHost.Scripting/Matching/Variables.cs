namespace XmppHost.Scripting.Matching;

/// <summary>The values of <c>${name}</c> during one run: what was set, and behind it what the run computes.</summary>
/// <param name="computed">Answers the names that nobody set, such as <c>romeo.jid</c>; null where there is no such name.</param>
internal sealed class Variables(Func<string, string?>? computed = null)
{
    private readonly List<(string Name, string Value)> _set = [];

    /// <summary>What was set, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> WasSet => _set;

    /// <summary>A mark for <see cref="Undo"/>.</summary>
    public int Mark => _set.Count;

    /// <exception cref="ScriptFailureException">Nobody knows the name.</exception>
    public string Get(string name) => Find(name) ?? throw new ScriptFailureException($"there is no variable '{name}' (yet)");

    public string? Find(string name)
    {
        for (var i = _set.Count - 1; i >= 0; i--)
            if (_set[i].Name == name)
                return _set[i].Value;
        return computed?.Invoke(name);
    }

    public void Set(string name, string value) => _set.Add((name, value));

    /// <summary>Forgets what was set since the mark: a match that failed after all must leave nothing behind.</summary>
    public void Undo(int mark) => _set.RemoveRange(mark, _set.Count - mark);
}

using System.Text;

namespace XmppHost.Server.Cli;

/// <summary>Where a password comes from when it does not stand in the command.</summary>
internal static class PasswordInput
{
    internal static string ReadLine(TextReader input) => input.ReadLine() is { Length: > 0 } line ? line : throw new Refusal("there is no password on standard input");

    /// <summary>Asks twice at the terminal, without showing what is typed.</summary>
    internal static string Ask(string account)
    {
        if (Console.IsInputRedirected) throw new Refusal("there is no terminal to ask for the password at: give it on standard input with --password-stdin");
        var first = Prompt($"Password for {account}: ");
        if (first.Length == 0) throw new Refusal("the password is empty");
        return first == Prompt("Again: ") ? first : throw new Refusal("the two passwords differ");
    }

    private static string Prompt(string text)
    {
        // What waits already was typed before anybody asked. Looking also readies the terminal, so that the echo is off as soon as the prompt stands there.
        while (Console.KeyAvailable) Console.ReadKey(intercept: true);
        Console.Error.Write(text);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}

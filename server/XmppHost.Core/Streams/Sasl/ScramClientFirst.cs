using System.Text;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>The first message of RFC 5802 section 7.</summary>
/// <param name="Gs2Header">All up to the bare message, its comma included: it comes back in <c>c=</c>.</param>
/// <param name="BindingFlag"><c>n</c>, <c>y</c> or <c>p</c>.</param>
/// <param name="BindingType">What stands after <c>p=</c>.</param>
/// <param name="Authzid">Unescaped, or null.</param>
/// <param name="Bare">The message without the header: the first part of the AuthMessage.</param>
/// <param name="Name">Unescaped.</param>
/// <param name="Nonce">The client's.</param>
internal sealed record ScramClientFirst(string Gs2Header, char BindingFlag, string? BindingType, string? Authzid, string Bare, string Name, string Nonce)
{
    private const int MaxNonce = 256;

    /// <summary>Null where the grammar is broken.</summary>
    internal static ScramClientFirst? Parse(string message)
    {
        var afterFlag = message.IndexOf(',', StringComparison.Ordinal);
        var afterAuthzid = afterFlag < 0 ? -1 : message.IndexOf(',', afterFlag + 1);
        if (afterAuthzid < 0) return null;
        var (flag, authzidField, bare) = (message[..afterFlag], message[(afterFlag + 1)..afterAuthzid], message[(afterAuthzid + 1)..]);

        var bindingType = flag.StartsWith("p=", StringComparison.Ordinal) ? flag[2..] : null;
        if (bindingType is not { Length: > 0 } && flag is not ("n" or "y")) return null;
        var authzid = authzidField.StartsWith("a=", StringComparison.Ordinal) ? Unescape(authzidField[2..]) : null;
        if (authzidField.Length > 0 && authzid is null) return null;

        // Extensions may follow the nonce and are ignored; m= before the name would be a mandatory one, and is no name.
        var fields = bare.Split(',');
        if (fields.Length < 2 || !fields[0].StartsWith("n=", StringComparison.Ordinal) || !fields[1].StartsWith("r=", StringComparison.Ordinal)) return null;
        return Unescape(fields[0][2..]) is { } name && IsNonce(fields[1].AsSpan(2))
            ? new ScramClientFirst(message[..(afterAuthzid + 1)], flag[0], bindingType, authzid, bare, name, fields[1][2..])
            : null;
    }

    private static bool IsNonce(ReadOnlySpan<char> nonce) => nonce.Length is > 0 and <= MaxNonce && !nonce.ContainsAnyExceptInRange('!', '~');

    /// <summary>Comma is <c>=2C</c>, equals sign is <c>=3D</c>, and no other equals sign may stand there; null where one does, or where nothing is left.</summary>
    private static string? Unescape(string saslName)
    {
        if (!saslName.Contains('=', StringComparison.Ordinal)) return saslName.Length == 0 ? null : saslName;
        var name = new StringBuilder(saslName.Length);
        for (var i = 0; i < saslName.Length; i++)
        {
            if (saslName[i] != '=')
            {
                name.Append(saslName[i]);
                continue;
            }

            switch (saslName.AsSpan(i + 1))
            {
                case ['2', 'C', ..]: name.Append(','); break;
                case ['3', 'D', ..]: name.Append('='); break;
                default: return null;
            }

            i += 2;
        }

        return name.ToString();
    }
}

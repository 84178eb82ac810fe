using System.Runtime.CompilerServices;
using System.Text;

namespace XmppHost.Storage.Sql;

/// <summary>Text that both databases keep as it is.</summary>
internal static class SqlText
{
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>PostgreSQL has no U+0000 in its texts, and half a surrogate pair has no UTF-8: refused here, before the text shares a transaction with others.</summary>
    internal static string Check(string text, [CallerArgumentExpression(nameof(text))] string? name = null)
    {
        if (text.Contains('\0')) throw new ArgumentException("contains U+0000", name);
        try
        {
            Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException("contains half a surrogate pair", name, e);
        }

        return text;
    }
}

using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using XmppHost.Addressing.Unicode;

namespace XmppHost.Addressing;

/// <summary>Prepares domainparts (RFC 7622 section 3.2): host names with U-labels (RFC 5890, 5891), and IP addresses.</summary>
internal static class DomainPart
{
    private const int MaxLabel = 63;
    private const string AcePrefix = "xn--";

    // COMPAT: the underscore is no letter, digit or hyphen, but hosts of container networks and gateways of old servers have it.
    private static readonly SearchValues<char> Prepared = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    internal static string? Prepare(ReadOnlySpan<char> domain)
    {
        if (domain.Length is 0 or > JidParser.MaxPartBytes) return null;
        if (DomainCache.Find(domain) is { } known) return known;
        if (domain[0] == '[') return PrepareIPv6(domain);
        if (domain.ContainsAnyExcept(Prepared) || domain.Contains(AcePrefix, StringComparison.Ordinal)) return PrepareLabels(domain);
        if (domain[^1] == '.') domain = domain[..^1];
        return AreLabels(domain) ? DomainCache.Add(domain) : null;
    }

    /// <summary>The domain as DNS and certificates have it: with A-labels.</summary>
    internal static string ToAscii(string prepared) =>
        Ascii.IsValid(prepared)
            ? prepared
            : string.Join('.', prepared.Split('.').Select(label => Ascii.IsValid(label) ? label : AcePrefix + Punycode.Encode(CodePoints.Of(label)!)));

    // Section 3.2: compared as it stands, so only its case is mapped.
    private static string? PrepareIPv6(ReadOnlySpan<char> literal)
    {
        var isAddress = literal[^1] == ']' && !literal.Contains('%') && IPAddress.TryParse(literal[1..^1], out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6;
        return isAddress ? literal.ToString().ToLowerInvariant() : null;
    }

    private static bool AreLabels(ReadOnlySpan<char> domain)
    {
        foreach (var range in domain.Split('.'))
            if (!IsAsciiLabel(domain[range]))
                return false;
        return true;
    }

    private static bool IsAsciiLabel(ReadOnlySpan<char> label) => label.Length is > 0 and <= MaxLabel && label[0] != '-' && label[^1] != '-';

    private static string? PrepareLabels(ReadOnlySpan<char> domain)
    {
        if (Map(domain) is not { } mapped) return null;
        if (mapped.EndsWith('.')) mapped = mapped[..^1];
        var labels = new List<List<int>>();
        foreach (var label in mapped.Split('.'))
        {
            if (PrepareLabel(label) is not { } prepared) return null;
            labels.Add(prepared);
        }

        // RFC 5893 section 1.4: one right-to-left label puts all of them under the rule.
        if (labels.Exists(BidiRule.IsRightToLeft) && !labels.TrueForAll(BidiRule.IsSatisfiedBy)) return null;
        var result = string.Join('.', labels.Select(CodePoints.ToString));
        return Encoding.UTF8.GetByteCount(result) <= JidParser.MaxPartBytes ? result : null;
    }

    private static List<int>? PrepareLabel(string label)
    {
        if (label.StartsWith(AcePrefix, StringComparison.Ordinal))
            return Punycode.Decode(label.AsSpan(AcePrefix.Length)) is { } decoded && IsULabelOf(decoded, label) ? decoded : null;
        if (CodePoints.Of(label) is not { } text) return null;
        if (Ascii.IsValid(label)) return !label.AsSpan().ContainsAnyExcept(Prepared) && IsAsciiLabel(label) ? text : null;
        return IsULabelOf(text, null) ? text : null;
    }

    // RFC 5891 sections 4.2 and 5.4.
    private static bool IsULabelOf(List<int> text, string? aLabel)
    {
        if (text.TrueForAll(c => c < 0x80) || text[0] == '-' || text[^1] == '-') return false;
        if (text.Count > 3 && text[2] == '-' && text[3] == '-') return false;
        if (UnicodeTable.Instance[text[0]].IsMark || !text.TrueForAll(IsAllowed) || !Precis.AreContextsRight(text)) return false;
        var encoded = AcePrefix + Punycode.Encode(text);
        return encoded.Length <= MaxLabel && (aLabel is null || (aLabel == encoded && Map(CodePoints.ToString(text)) is { } mapped && CodePoints.Of(mapped)!.SequenceEqual(text)));
    }

    private static bool IsAllowed(int codePoint) => codePoint switch
    {
        < 0x80 => Prepared.Contains((char)codePoint),
        // IgnorableBlocks, which IDNA has over PRECIS (RFC 5892 section 2.5).
        (>= 0x20D0 and <= 0x20FF) or (>= 0x1D100 and <= 0x1D24F) => false,
        _ => Precis.IsIdentifier(codePoint),
    };

    // RFC 7622 section 3.2.2 and RFC 5895: lower case, narrow, NFC; and the full stops that input methods for Chinese and Japanese type.
    private static string? Map(ReadOnlySpan<char> domain)
    {
        if (CodePoints.Of(domain) is not { } text) return null;
        CodePoints.MapWidth(text);
        for (var i = 0; i < text.Count; i++)
            if (text[i] == 0x3002)
                text[i] = '.';
        return CodePoints.ToString(Normalizer.ToFormC(CodePoints.ToLower(text)));
    }
}

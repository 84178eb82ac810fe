namespace XmppHost.Import.Drafts;

/// <summary>Domains and bare JIDs, as far as a config's reader needs to tell them from nonsense; <c>config check</c> knows the rules.</summary>
internal static class Addresses
{
    internal static bool IsDomain(string text) => text.Length is > 0 and < 256 && !text.Any(c => c is '@' or '/' or ':' or '"' || char.IsWhiteSpace(c) || char.IsControl(c)) && text is not ['.', ..];

    internal static bool IsBare(string text) => text.Split('@') switch
    {
        [var domain] => IsDomain(domain),
        [{ Length: > 0 } local, var domain] => IsDomain(domain) && !local.Contains('/', StringComparison.Ordinal) && !local.Any(char.IsWhiteSpace),
        _ => false,
    };
}

using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.Profiles;

internal sealed record ProfilesOptions : IValidatedOptions
{
    /// <summary>One card, photo included, as UTF-8.</summary>
    public ByteSize MaxSize { get; init; } = new(192 * 1024);

    /// <summary>The host's own card: elements of a vCard and their text.</summary>
    public IReadOnlyDictionary<string, string> HostCard { get; init; } = new Dictionary<string, string>();

    /// <summary>Who may see an account's card.</summary>
    public CardVisibility VisibleTo { get; init; } = CardVisibility.Everyone;

    public IEnumerable<(string Option, string Problem)> Validate() =>
        HostCard.Keys
            .Where(name => name.Length == 0 || !name.All(c => char.IsAsciiLetterUpper(c) || c == '-'))
            .Select(name => ($"hostCard.{name}", "is not the name of a vCard's element, such as FN, URL or DESC"));
}

internal enum CardVisibility
{
    /// <summary>As XEP-0054 has it.</summary>
    Everyone,

    /// <summary>The accounts of this host.</summary>
    Host,

    /// <summary>Those who may see the account's presence; needs the Roster plugin.</summary>
    Contacts,
}

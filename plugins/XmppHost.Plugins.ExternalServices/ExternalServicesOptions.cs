using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.ExternalServices;

internal sealed record ExternalServicesOptions : IValidatedOptions
{
    [Required]
    public IReadOnlyList<ServiceOptions> Services { get; init; } = [];

    /// <summary>Tell those without an account as well, so that whoever comes by may use the relay.</summary>
    public bool Anonymous { get; init; }

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        foreach (var same in Services.GroupBy(s => (s.Type, s.Host.ToUpperInvariant(), s.EffectivePort, s.EffectiveTransport)).Where(g => g.Count() > 1))
            yield return ("services", $"has {same.First().Type} at {same.First().Host} twice, with the same port and transport");
    }
}

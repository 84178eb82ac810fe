using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.Accounts;

internal sealed record AccountsOptions
{
    /// <summary>Who may register an account in-band.</summary>
    public RegistrationPolicy Registration { get; init; } = RegistrationPolicy.Off;

    /// <summary>Accounts that one address may register in an hour; 0 for any number.</summary>
    [Range(0, 1_000_000)]
    public int PerAddressAndHour { get; init; } = 5;

    /// <summary>The shortest password that registration and password change take, in characters.</summary>
    [Range(1, 1024)]
    public int MinPasswordLength { get; init; } = 6;

    /// <summary>What a client shows above the registration form.</summary>
    public string Instructions { get; init; } = "Choose a name and a password.";
}

internal enum RegistrationPolicy
{
    /// <summary>Nobody; accounts are made by the operator.</summary>
    Off,

    /// <summary>Clients on the server's own machine.</summary>
    Loopback,

    /// <summary>Everyone.</summary>
    Open,
}

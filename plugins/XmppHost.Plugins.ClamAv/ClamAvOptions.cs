using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.ClamAv;

internal sealed record ClamAvOptions : IValidatedOptions
{
    /// <summary>Where clamd listens: <c>unix:/run/clamav/clamd.ctl</c> or <c>127.0.0.1:3310</c>.</summary>
    public string Address { get; init; } = "unix:/run/clamav/clamd.ctl";

    /// <summary>How long clamd may be silent.</summary>
    [Range(typeof(TimeSpan), "1 s", "10 min")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Larger files are not scanned; clamd's own limits must not be below it.</summary>
    public ByteSize MaxSize { get; init; } = new(25 << 20);

    /// <summary>What becomes of files over <see cref="MaxSize"/>, or over clamd's own limit.</summary>
    public TooLargeChoice WhenTooLarge { get; init; } = TooLargeChoice.Serve;

    /// <summary>What becomes of files that clamd cannot be asked about.</summary>
    public UnavailableChoice WhenUnavailable { get; init; } = UnavailableChoice.Hold;

    /// <summary>Files of this host that are scanned at a time.</summary>
    [Range(1, 100)]
    public int Parallel { get; init; } = 4;

    internal ClamdAddress ParsedAddress => ClamdAddress.TryParse(Address, out var address) ? address : new ClamdAddress("localhost", 3310);

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (!ClamdAddress.TryParse(Address, out _)) yield return ("address", $"'{Address}' is not an address: write unix:/run/clamav/clamd.ctl or 127.0.0.1:3310");
    }
}

internal enum UnavailableChoice { Hold, Serve }

internal enum TooLargeChoice { Serve, Quarantine }

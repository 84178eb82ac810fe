using System.Text.RegularExpressions;
using XmppHost.Import.Output;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Drafts;

/// <summary>The HttpUpload section of a host, made from another server's upload module.</summary>
internal sealed partial class UploadDraft
{
    private readonly OptionReader _options;

    /// <param name="backend"><c>s3</c>, <c>external</c> or <c>fileStore</c>.</param>
    /// <param name="place">Where the module is switched on.</param>
    internal UploadDraft(OptionReader options, string backend, Place place)
    {
        (_options, Place) = (options, place);
        Section.Set("backend", backend, Origin.Of(place, options.Module));
        if (backend == "fileStore") FileStore = new JsonObject();
    }

    internal Place Place { get; }

    internal JsonObject Section { get; } = new();

    /// <summary>The options of the plugin FileStore; null with the other backends.</summary>
    internal JsonObject? FileStore { get; }

    /// <summary>Where clients reach the host's HTTP endpoint, when the old config says so.</summary>
    internal (string Url, string Comment)? PublicUrl { get; set; }

    internal JsonObject S3 => Section.Object("s3");

    internal JsonObject External => Section.Object("external");

    internal OptionReader Options => _options;

    /// <summary>Copies a text as it is.</summary>
    internal void Text(JsonObject target, string ours, string theirs)
    {
        if (_options.Text(theirs) is { } text) target.Set(ours, text.Value, From(text, theirs));
    }

    internal void Required(JsonObject target, string ours, string theirs)
    {
        if (_options.Has(theirs)) Text(target, ours, theirs);
        else Missing(theirs);
    }

    /// <summary>The bucket's region, repaired where people are known to write something else.</summary>
    internal void Region(string theirs)
    {
        if (_options.Text(theirs) is not { } region)
        {
            Missing(theirs);
            return;
        }

        var name = region.Value.Trim();
        if (name.Length == 0) name = "us-east-1";
        else if (AmazonHost().Match(name) is { Success: true } host) name = host.Groups[1].Value;
        if (name != region.Value) _options.Log.Warn(region.Place, $"{_options.Full(theirs)}: {(region.Value.Length == 0 ? "empty, which stores without regions take for" : "not a region's name; imported as")} {name}");
        S3.Set("region", name, From(region, theirs));
    }

    /// <summary>A secret: its value, or where it is to be found.</summary>
    internal void Secret(JsonObject target, string ours, string theirs)
    {
        switch (_options.Take(theirs))
        {
            case null:
                Missing(theirs);
                break;
            case SourceValue.Elsewhere { Where: ElsewhereKind.Environment } variable:
                target.Set(ours, $"${{{variable.Name}}}", From(variable, theirs));
                break;
            case SourceValue.Elsewhere elsewhere:
                var isFile = elsewhere.Where == ElsewhereKind.File;
                target.Set(ours + "File", isFile ? elsewhere.Name : $"/run/credentials/xmpphost.service/{elsewhere.Name}", From(elsewhere, theirs));
                if (!isFile) _options.Log.Warn(elsewhere.Place, $"{_options.Full(theirs)}: give the unit of xmpphost the credential too: LoadCredential={elsewhere.Name}:...");
                break;
            case SourceValue.Text { Value: [_, ..] text } value:
                target.Set(ours, new JsonPart.Secret(text), From(value, theirs));
                // Our config takes such a value for the name of an environment variable.
                if (text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}')) _options.Log.Warn(value.Place, $"{_options.Full(theirs)}: a secret of the form ${{...}} has to be in a file: use --secrets");
                break;
            case SourceValue.Number number:
                target.Set(ours, new JsonPart.Secret(number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)), From(number, theirs));
                break;
            case var other:
                _options.Log.Warn(other.Place, $"{_options.Full(theirs)}: {(other is SourceValue.Text ? "an empty text" : other.Kind)} where a secret is expected; not imported");
                break;
        }
    }

    /// <summary>The size limit; the other server's own default where it says nothing.</summary>
    internal void Limit(string theirs, decimal otherwise)
    {
        if (_options.Take(theirs) is SourceValue.Text { Value: "infinity" or "unlimited" } none)
        {
            Section.Set("maxFileSize", "unlimited", From(none, theirs));
            return;
        }

        if (Whole(theirs) is not { } limit) Section.Set("maxFileSize", Amounts.Size(otherwise), Origin.Default(_options.Module));
        else Section.Set("maxFileSize", Amounts.Size(WithoutTag(limit.Value)), From(limit, theirs));
    }

    /// <summary>Encrypted files are 16 bytes longer (XEP-0454). Operators add them by hand; here they are allowed on top.</summary>
    internal static decimal WithoutTag(decimal limit) => limit % 1024 == 16 && limit > 16 ? limit - 16 : limit;

    /// <summary>How long a slot is good, in seconds.</summary>
    internal void Lifetime(string theirs, decimal otherwise)
    {
        const decimal longest = 7 * 86400;
        var value = _options.Take(theirs);
        var endless = value is SourceValue.Text { Value: "infinity" };
        var seconds = endless ? null : Whole(theirs);
        if (value is null || (!endless && seconds is null))
        {
            Section.Set("slotTtl", Amounts.Seconds(otherwise), Origin.Default(_options.Module));
            return;
        }

        if (endless || seconds!.Value > longest) _options.Log.Warn(value.Place, $"{_options.Full(theirs)}: no store takes a URL that is signed for more than 7 days; imported as 7 days");
        Section.Set("slotTtl", Amounts.Seconds(endless ? longest : Math.Min(longest, seconds!.Value)), From(value, theirs));
    }

    /// <summary>Who may upload beside the host's own accounts.</summary>
    internal void Access(string theirs)
    {
        var entries = _options.Texts(theirs);
        var (good, bad) = (entries.Where(e => Addresses.IsBare(e.Value)).ToArray(), entries.Where(e => !Addresses.IsBare(e.Value)));
        foreach (var entry in bad) _options.Log.Warn(entry.Place, $"{_options.Full(theirs)}: '{entry.Value}' is neither a bare JID nor a domain; not imported");
        if (good.Length > 0) Section.Set("access", good.Select(e => e.Value), Origin.Of(good[0].Place, _options.Full(theirs)));
    }

    /// <summary>Content types that may be uploaded, or shown in place.</summary>
    internal void Types(JsonObject target, string ours, string theirs)
    {
        var types = _options.Texts(theirs);
        if (types.Count > 0) target.Set(ours, types.Select(t => t.Value), Origin.Of(types[0].Place, _options.Full(theirs)));
    }

    /// <summary>A positive whole number; null, and a warning, for any other.</summary>
    internal SourceValue.Number? Whole(string theirs)
    {
        if (_options.Number(theirs) is not { } number) return null;
        if (number.Value >= 1 && number.Value <= long.MaxValue && number.Value == decimal.Floor(number.Value)) return number;
        _options.Log.Warn(number.Place, $"{_options.Full(theirs)}: not a positive whole number; not imported");
        return null;
    }

    internal string From(SourceValue value, string theirs) => Origin.Of(value.Place, _options.Full(theirs));

    // Examples of that option have shown the bucket's URL.
    [GeneratedRegex(@"^https?://(?:[a-z0-9.-]+\.)?s3[.-]([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com")]
    private static partial Regex AmazonHost();

    private void Missing(string theirs) => _options.Log.Warn(Place, $"{_options.Full(theirs)}: {_options.Module} needs it and it is not set; 'config check' will ask for its counterpart");
}

using System.Globalization;
using XmppHost.Addressing;
using XmppHost.Plugins;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary>What the values on the command line can be; each says null, or why a value is none.</summary>
internal static class Checks
{
    internal static string? FileName(string value) => value.Length > 0 ? null : "The file name is empty.";

    internal static string? Size(string value) => SizeOf(value) > 0 ? null : $"'{value}' is not a size: write a positive number of bytes, or 10 MiB.";

    internal static string? Seconds(string value) => Number(value) is > 0 ? null : $"'{value}' is not a positive number of seconds.";

    internal static string? Count(string value) => Number(value) is > 0 ? null : $"'{value}' is not a positive number.";

    internal static string? Account(string value) => Jid.TryParse(value) is { IsBare: true } ? null : $"'{value}' is not an address: write alice@example.org.";

    internal static string? Time(string value) => XmppDateTime.TryParse(value) is null ? $"'{value}' is not a time: write 2030-01-31T18:00:00Z." : null;

    internal static string? UrlOrKey(string value) => value.Length > 0 ? null : "The URL is empty.";

    internal static long SizeOf(string value) => ByteSize.TryParse(value, CultureInfo.InvariantCulture, out var size) && !size.IsUnlimited ? size.Bytes : 0;

    internal static int? Number(string? value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

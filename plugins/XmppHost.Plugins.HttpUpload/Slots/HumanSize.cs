using System.Globalization;

namespace XmppHost.Plugins.HttpUpload.Slots;

internal static class HumanSize
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Bytes as a person writes them: <c>100 MiB</c>, <c>1.5 GiB</c>.</summary>
    internal static string Format(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return value.ToString("0.#", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}

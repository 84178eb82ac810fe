using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace XmppHost.Plugins;

/// <summary>A number of bytes, written in config as <c>100 MiB</c>, <c>2GB</c>, <c>1024</c> or <c>unlimited</c>; KB is 1000 bytes, KiB is 1024.</summary>
public readonly record struct ByteSize(long Bytes) : IComparable<ByteSize>, IComparable, IParsable<ByteSize>
{
    private static readonly (string Unit, long Factor)[] Units =
    [
        ("B", 1), ("KB", 1000), ("MB", 1000_000), ("GB", 1000_000_000), ("TB", 1000_000_000_000),
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
    ];

    public static ByteSize Unlimited { get; } = new(long.MaxValue);

    public bool IsUnlimited => Bytes == long.MaxValue;

    public static ByteSize Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var size) ? size : throw new FormatException($"'{s}' is not a size");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ByteSize result)
    {
        result = default;
        var text = s.AsSpan().Trim();
        if (text.Equals("unlimited", StringComparison.OrdinalIgnoreCase))
        {
            result = Unlimited;
            return true;
        }

        var digits = text.IndexOfAnyExceptInRange('.', '9');
        var unit = digits < 0 ? "B" : text[digits..].Trim();
        if (digits >= 0) text = text[..digits];
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        foreach (var (name, factor) in Units)
        {
            if (!unit.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            if (number > long.MaxValue / factor || decimal.Truncate(number * factor) != number * factor) return false;
            result = new ByteSize((long)(number * factor));
            return true;
        }

        return false;
    }

    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    int IComparable.CompareTo(object? obj) => obj is ByteSize other ? CompareTo(other) : 1;

    /// <summary>The shortest exact form: <c>100 MiB</c>, <c>1500 B</c>, <c>unlimited</c>.</summary>
    public override string ToString()
    {
        if (IsUnlimited) return "unlimited";
        var bytes = Bytes;
        var (unit, factor) = Units.Where(u => bytes >= u.Factor && bytes % u.Factor == 0).DefaultIfEmpty(Units[0]).MaxBy(u => u.Factor);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor} {unit}");
    }

    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;
}

using System.Globalization;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Lua;

/// <summary>Arithmetic on numbers, and strings put together, as sizes and domains are written.</summary>
internal static class LuaArithmetic
{
    private const decimal LargestExponent = 62;

    internal static SourceValue Apply(string sign, SourceValue left, SourceValue right)
    {
        var (a, b) = (NumberOf(left), NumberOf(right));
        if (sign is "/" or "//" or "%" && b == 0) throw new SourceException(right.Place, "a division by 0");
        try
        {
            return new SourceValue.Number(left.Place, sign switch
            {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => a / b,
                "//" => decimal.Floor(a / b),
                "%" => a - (decimal.Floor(a / b) * b),
                _ => Power(a, b, right.Place),
            });
        }
        catch (OverflowException)
        {
            throw new SourceException(left.Place, "the number is too large");
        }
    }

    internal static string TextOf(SourceValue value) => value switch
    {
        SourceValue.Text text => text.Value,
        SourceValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        _ => throw new SourceException(value.Place, $"{value.Kind} cannot be joined with '..'"),
    };

    private static decimal NumberOf(SourceValue value) =>
        value is SourceValue.Number number ? number.Value : throw new SourceException(value.Place, $"{value.Kind} where a number is expected");

    private static decimal Power(decimal a, decimal b, Place place)
    {
        if (b < 0 || b > LargestExponent || b != decimal.Floor(b)) throw new SourceException(place, "only small whole exponents are read here");
        var result = 1m;
        for (var i = 0; i < b; i++) result *= a;
        return result;
    }
}

using System.Text;

namespace XmppHost.Addressing;

/// <summary>RFC 3492, without the <c>xn--</c>.</summary>
internal static class Punycode
{
    private const int Base = 36, TMin = 1, TMax = 26, Skew = 38, Damp = 700, InitialBias = 72, InitialN = 128;

    internal static string Encode(List<int> label)
    {
        var output = new StringBuilder();
        foreach (var codePoint in label)
            if (codePoint < InitialN)
                output.Append((char)codePoint);
        int basic = output.Length, handled = basic, n = InitialN, delta = 0, bias = InitialBias;
        if (basic > 0) output.Append('-');
        while (handled < label.Count)
        {
            var next = int.MaxValue;
            foreach (var codePoint in label)
                if (codePoint >= n)
                    next = Math.Min(next, codePoint);
            delta += (next - n) * (handled + 1);
            n = next;
            foreach (var codePoint in label)
            {
                if (codePoint < n) delta++;
                if (codePoint != n) continue;
                AppendNumber(output, delta, bias);
                bias = Adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled++;
            }

            delta++;
            n++;
        }

        return output.ToString();
    }

    /// <summary>Null where it is not Punycode. At most one DNS label (63) is looked at, so numbers stay small.</summary>
    internal static List<int>? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length > 63) return null;
        var output = new List<int>();
        var delimiter = text.LastIndexOf('-');
        for (var i = 0; i < delimiter; i++) output.Add(text[i]);
        int position = delimiter + 1, bias = InitialBias;
        long n = InitialN, at = 0;
        while (position < text.Length)
        {
            var before = at;
            long weight = 1;
            for (var k = Base; ; k += Base)
            {
                if (position == text.Length || DigitOf(text[position++]) is not (>= 0 and var digit)) return null;
                at += digit * weight;
                if (at > int.MaxValue) return null;
                var threshold = Threshold(k, bias);
                if (digit < threshold) break;
                weight *= Base - threshold;
                if (weight > int.MaxValue) return null;
            }

            var count = output.Count + 1;
            bias = Adapt((int)(at - before), count, before == 0);
            n += at / count;
            at %= count;
            if (n is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF)) return null;
            output.Insert((int)at++, (int)n);
        }

        return output;
    }

    private static void AppendNumber(StringBuilder output, int number, int bias)
    {
        for (var k = Base; ; k += Base)
        {
            var threshold = Threshold(k, bias);
            if (number < threshold) break;
            output.Append(DigitFor(threshold + (number - threshold) % (Base - threshold)));
            number = (number - threshold) / (Base - threshold);
        }

        output.Append(DigitFor(number));
    }

    private static int Threshold(int k, int bias) => Math.Clamp(k - bias, TMin, TMax);

    private static int Adapt(int delta, int count, bool first)
    {
        delta = first ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0;
        for (; delta > (Base - TMin) * TMax / 2; k += Base) delta /= Base - TMin;
        return k + (Base - TMin + 1) * delta / (delta + Skew);
    }

    private static char DigitFor(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);

    private static int DigitOf(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= '0' and <= '9' => c - '0' + 26,
        _ => -1,
    };
}

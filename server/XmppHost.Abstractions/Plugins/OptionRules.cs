using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace XmppHost.Plugins;

/// <summary>What System.ComponentModel.DataAnnotations says of one option, in the words of config.</summary>
internal static class OptionRules
{
    internal static IEnumerable<string> Problems(OptionSlot slot, object? value)
    {
        foreach (var rule in slot.Rules)
        {
            if (rule is RequiredAttribute)
            {
                if (value is null or "" || value is ICollection { Count: 0 }) yield return "is required";
                continue;
            }

            if (value is null) continue;
            // A list's range and pattern hold for its elements, its lengths for the list itself.
            var each = rule is RangeAttribute or RegularExpressionAttribute or UrlAttribute && value is IEnumerable and not string;
            foreach (var item in each ? ((IEnumerable)value).Cast<object?>() : [value])
                if (Check(rule, slot.Name, item) is { } problem)
                    yield return problem;
        }
    }

    private static string? Check(ValidationAttribute rule, string name, object? value) => rule switch
    {
        RangeAttribute range => CheckRange(range, value),
        RegularExpressionAttribute pattern when !pattern.IsValid(value) => pattern.ErrorMessage ?? $"'{value}' does not match {pattern.Pattern}",
        RegularExpressionAttribute => null,
        _ when value is Secret secret => rule.IsValid(secret.Reveal()) ? null : rule.ErrorMessage ?? rule.FormatErrorMessage(name),
        _ => rule.IsValid(value) ? null : rule.ErrorMessage ?? rule.FormatErrorMessage(name),
    };

    private static string? CheckRange(RangeAttribute range, object? value)
    {
        if (value is not IComparable comparable) return null;
        var type = value.GetType();
        var (min, max) = (Bound(type, range.Minimum), Bound(type, range.Maximum));
        var low = range.MinimumIsExclusive ? comparable.CompareTo(min) <= 0 : comparable.CompareTo(min) < 0;
        var high = range.MaximumIsExclusive ? comparable.CompareTo(max) >= 0 : comparable.CompareTo(max) > 0;
        if (!low && !high) return null;
        return range.ErrorMessage ?? $"is {OptionScalars.Write(value)}, but must be from {OptionScalars.Write(min)} to {OptionScalars.Write(max)}";
    }

    private static object Bound(Type type, object bound)
    {
        if (bound.GetType() == type) return bound;
        if (bound is string text) return OptionScalars.Read(type, text).Value ?? throw new InvalidOperationException($"[Range] has the bound '{text}', which is not a {type.Name}");
        if (type == typeof(ByteSize)) return new ByteSize(Convert.ToInt64(bound, CultureInfo.InvariantCulture));
        if (type == typeof(TimeSpan)) return TimeSpan.FromSeconds(Convert.ToDouble(bound, CultureInfo.InvariantCulture));
        return Convert.ChangeType(bound, type, CultureInfo.InvariantCulture);
    }
}

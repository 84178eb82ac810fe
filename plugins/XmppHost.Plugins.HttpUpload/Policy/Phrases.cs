using System.Globalization;
using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>What the service says to people, in one language. In braces stand what the names of the phrases suggest, in their order.</summary>
/// <param name="Language">The tag, for <c>xml:lang</c>.</param>
/// <param name="DecimalSeparator">Between a number's digits.</param>
/// <param name="Units">Bytes, and what 1024 of each are.</param>
internal sealed record Phrases(string Language, string DecimalSeparator, IReadOnlyList<string> Units)
{
    public required string Forbidden { get; init; }

    public required string NameMissing { get; init; }

    public required string NameIsPath { get; init; }

    public required string NameUnreadable { get; init; }

    public required string SizeMalformed { get; init; }

    public required string TypeMalformed { get; init; }

    public required string TypeMissing { get; init; }

    public required string TypeNotAllowed { get; init; }

    public required string PurposeTwice { get; init; }

    public required string PurposeNotServed { get; init; }

    public required string ExpiryMalformed { get; init; }

    public required string ExpiryPassed { get; init; }

    /// <summary>The limit.</summary>
    public required string TooLarge { get; init; }

    /// <summary>The number of slots.</summary>
    public required string TooManySlots { get; init; }

    /// <summary>The quota of a day, what is left of it.</summary>
    public required string DayIsUsedUp { get; init; }

    /// <summary>The quota, what is left of it.</summary>
    public required string SpaceIsUsedUp { get; init; }

    /// <summary>The number of files.</summary>
    public required string TooManyFiles { get; init; }

    public required string BackendFailed { get; init; }

    /// <summary>Bytes as a person writes them: <c>100 MiB</c>, <c>1,5 Gio</c>. What is left is rounded down, so that nobody is promised more than there is.</summary>
    internal string Size(long bytes)
    {
        var (value, unit) = ((decimal)bytes, 0);
        while (value >= 1024 && unit < Units.Count - 1)
        {
            value /= 1024;
            unit++;
        }

        var number = (Math.Truncate(value * 10) / 10).ToString("0.#", CultureInfo.InvariantCulture);
        return $"{number.Replace(".", DecimalSeparator, StringComparison.Ordinal)} {Units[unit]}";
    }

    internal string Of(NameProblem problem) => problem switch
    {
        NameProblem.Missing => NameMissing,
        NameProblem.IsPath => NameIsPath,
        _ => NameUnreadable,
    };

    internal static string Fill(string phrase, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, phrase, values);
}

using System.Text;

namespace XmppHost.Storage.Sql.Uploads;

/// <summary>A query as a WHERE clause. States stand in the text, not in parameters: the partial indexes are found by them.</summary>
internal sealed class UploadFilter
{
    private readonly StringBuilder _sql = new("host = $1");
    private readonly List<object?> _arguments = [];

    internal UploadFilter(UploadQuery query)
    {
        _arguments.Add(SqlText.Check(query.Host));
        _sql.Append(" AND ").Append(States(query.States));
        And("backend =", query.Backend);
        And("uploader =", query.Uploader?.Bare.ToString());
        And("issued <", query.IssuedBefore);
        And("issued >=", query.IssuedSince);
        And("slot_ends <=", query.SlotEndedBy);
        And("expires <=", query.ExpiredBy);
        And("key >", query.After);
        _arguments.Add((long)query.Limit);
    }

    /// <summary>With the order and, as the last parameter, the limit.</summary>
    internal string Sql => $"{_sql} ORDER BY key LIMIT ${_arguments.Count}";

    internal object?[] Arguments => [.. _arguments];

    internal static string States(IReadOnlyList<UploadState> states) => states switch
    {
        [] => "state <> 4",
        [var one] => one == UploadState.Deleted ? "state = 4" : $"state <> 4 AND state = {(int)one}",
        _ when states.Contains(UploadState.Deleted) => $"state IN ({Numbers(states)})",
        _ => $"state <> 4 AND state IN ({Numbers(states)})",
    };

    private static string Numbers(IReadOnlyList<UploadState> states) => string.Join(", ", states.Distinct().Order().Select(state => (int)state));

    private void And(string comparison, DateTimeOffset? time)
    {
        if (time is { } some) Add(comparison, Micros.From(some));
    }

    private void And(string comparison, string? text)
    {
        if (text is not null) Add(comparison, SqlText.Check(text));
    }

    private void Add(string comparison, object value)
    {
        _arguments.Add(value);
        _sql.Append(" AND ").Append(comparison).Append(" $").Append(_arguments.Count);
    }
}

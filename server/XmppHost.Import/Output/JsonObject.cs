namespace XmppHost.Import.Output;

/// <summary>An object of our config, with its members in the order in which they are set.</summary>
internal sealed record JsonObject : JsonPart
{
    private readonly List<JsonMember> _members = [];

    internal IReadOnlyList<JsonMember> Members => _members;

    internal JsonPart? this[string name] => _members.Find(m => m.Name == name)?.Value;

    internal void Set(string name, JsonPart value, string? comment = null)
    {
        var i = _members.FindIndex(m => m.Name == name);
        if (i < 0) _members.Add(new JsonMember(name, value, comment));
        else _members[i] = new JsonMember(name, value, comment);
    }

    internal void Set(string name, string value, string? comment = null) => Set(name, new Text(value), comment);

    internal void Set(string name, IEnumerable<string> values, string? comment = null) => Set(name, new List([.. values]), comment);

    /// <summary>Puts what is named first, in that order, and objects last.</summary>
    internal void Arrange(params string[] first)
    {
        var arranged = _members.OrderBy(m => m.Value is JsonObject ? 2 : Array.IndexOf(first, m.Name) < 0 ? 1 : 0).ThenBy(m => Array.IndexOf(first, m.Name)).ToArray();
        _members.Clear();
        _members.AddRange(arranged);
    }

    /// <summary>The object of that name, made where there is none.</summary>
    internal JsonObject Object(string name, string? comment = null)
    {
        if (this[name] is JsonObject there) return there;
        var made = new JsonObject();
        Set(name, made, comment);
        return made;
    }
}

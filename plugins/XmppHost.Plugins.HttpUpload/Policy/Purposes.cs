namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>The purposes that this host serves: always <c>message</c>, of the others those that are configured.</summary>
internal sealed class Purposes
{
    internal Purposes(HttpUploadOptions options)
    {
        var configured = options.Purposes;
        Message = Make(Purpose.Message, configured.Message ?? new PurposeOptions { Prefix = "" }, options.Retention);
        var all = new List<Purpose> { Message };
        if (configured.Profile is { } profile) all.Add(Make(Purpose.Profile, profile, null));
        if (configured.Ephemeral is { } ephemeral) all.Add(Make(Purpose.Ephemeral, ephemeral, options.Retention));
        if (configured.Permanent is { } permanent) all.Add(Make(Purpose.Permanent, permanent, null));
        All = all;
    }

    internal IReadOnlyList<Purpose> All { get; }

    internal Purpose Message { get; }

    internal Purpose? Find(string name)
    {
        foreach (var purpose in All)
            if (purpose.Name == name)
                return purpose;
        return null;
    }

    private static Purpose Make(string name, PurposeOptions options, TimeSpan? retention)
    {
        // Keys of message uploads stay as they were before there were purposes.
        var prefix = (options.Prefix ?? (name == Purpose.Message ? "" : name)).Trim('/');
        var quota = options.BytesPerUser is null && options.FilesPerUser is null ? null : new Quota(options.BytesPerUser?.Limit(), options.FilesPerUser);
        return new Purpose(name, prefix.Length == 0 ? "" : prefix + "/", options.MaxFileSize?.Limit(), quota, options.Retention ?? retention);
    }
}

namespace XmppHost.Import.Sources;

/// <summary>Where a server looks a value up that does not stand in its config.</summary>
internal enum ElsewhereKind
{
    Environment,
    File,

    /// <summary>A file in systemd's credentials directory.</summary>
    Credential,
}

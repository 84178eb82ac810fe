namespace XmppHost.Integration.Tests.Scripting;

/// <summary>The <c>*.xmpp</c> files that were copied beside the tests.</summary>
internal static class ScriptFiles
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Scripts");

    /// <summary>Every script in these folders, or in all of them when none is named, each as one test case.</summary>
    public static IEnumerable<TestCaseData> All(params string[] folders) =>
        from folder in folders.Length > 0 ? folders : [.. Directory.EnumerateDirectories(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)]
        from file in Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.xmpp").Order(StringComparer.Ordinal)
        select new TestCaseData(file).SetArgDisplayNames($"{folder}/{Path.GetFileName(file)}");
}

namespace XmppHost.Architecture.Tests;

public sealed class SourceTests
{
    private const int LongestFile = 400;

    private static IEnumerable<string> Sources =>
        new[] { "server", "plugins", "tests" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [Test]
    public void No_source_file_is_longer_than_400_lines() =>
        Assert.That(Sources.Where(f => File.ReadLines(f).Count() > LongestFile).Select(f => Path.GetRelativePath(Repository.Root, f)), Is.Empty);

    [Test]
    public void Time_is_asked_of_a_TimeProvider()
    {
        var offenders = Sources.Where(f => !f.Contains($"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(f).Where(l => l.Contains("DateTime.Now", StringComparison.Ordinal) || l.Contains("DateTime.UtcNow", StringComparison.Ordinal)
                || l.Contains("DateTimeOffset.Now", StringComparison.Ordinal) || l.Contains("DateTimeOffset.UtcNow", StringComparison.Ordinal)).Select(l => $"{Path.GetRelativePath(Repository.Root, f)}: {l.Trim()}"));

        Assert.That(offenders, Is.Empty);
    }
}

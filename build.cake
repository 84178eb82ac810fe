// dotnet tool restore, then: dotnet cake --target=Stage
//   --configuration=Release     what to build
//   --self-contained            Stage and Pack bring the .NET runtime along
//   --runtime=linux-x64         for which platform (with --self-contained; default: this machine's)
//   --filter=NAME               Bench: only the benchmarks whose name contains NAME
var target = Argument("target", "Stage");
var configuration = Argument("configuration", "Release");
var selfContained = HasArgument("self-contained");
var runtime = Argument("runtime", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier);
var filter = Argument("filter", "");

var solution = File("XmppHost.sln");
var server = File("server/XmppHost.Server/XmppHost.Server.csproj");
var stage = Directory("artifacts/stage/xmpphost");
var packages = Directory("artifacts/packages");

void Run(string program, params string[] arguments)
{
    var settings = new ProcessSettings { Arguments = ProcessArgumentBuilder.FromStrings(arguments) };
    var exitCode = StartProcess(program, settings);
    if (exitCode != 0)
        throw new CakeException(exitCode, $"{program} ended with exit code {exitCode}.");
}

Task("Restore").Does(() => DotNetRestore(solution));

Task("Build").IsDependentOn("Restore").Does(() => DotNetBuild(solution, new DotNetBuildSettings
{
    Configuration = configuration,
    NoRestore = true,
    MSBuildSettings = new DotNetMSBuildSettings().TreatAllWarningsAs(MSBuildTreatAllWarningsAs.Error),
}));

Task("Test").Description("Everything that tests/run does: services, clients, all test projects.")
    .Does(() => Run("tests/run"));

Task("Bench").IsDependentOn("Build").Description("The micro-benchmarks.")
    .Does(() => DotNetRun("tests/XmppHost.Benchmarks/XmppHost.Benchmarks.csproj",
        new ProcessArgumentBuilder().Append("micro").Append("--filter").AppendQuoted($"*{filter}*"),
        new DotNetRunSettings { Configuration = configuration, NoBuild = true }));

Task("Stage").Description("The server and its plugins as one folder that runs with: dotnet xmpphost.dll")
    .Does(() =>
{
    CleanDirectory(stage);
    DotNetPublish(server, new DotNetPublishSettings
    {
        Configuration = configuration,
        OutputDirectory = stage,
        SelfContained = selfContained,
        Runtime = selfContained ? runtime : null,
    });
    CopyFiles(GetFiles("LICENSE").Concat(GetFiles("README.md")), stage);
    if (DirectoryExists("config"))
        CopyDirectory("config", stage + Directory("config"));
    Information("Staged in {0}", MakeAbsolute(stage));
});

Task("Pack").IsDependentOn("Stage").Description("The staged folder as an archive, and the packages that a plugin's author compiles against.")
    .Does(() =>
{
    CleanDirectory(packages);
    var version = XmlPeek("Directory.Build.props", "/Project/PropertyGroup/Version");
    var archive = $"xmpphost-{version}{(selfContained ? "-" + runtime : "")}.tar.gz";
    Run("tar", "-czf", (packages + File(archive)).ToString(), "-C", "artifacts/stage", "xmpphost");
    foreach (var library in new[] { "XmppHost.Xml", "XmppHost.Abstractions" })
        DotNetPack($"server/{library}/{library}.csproj", new DotNetPackSettings { Configuration = configuration, OutputDirectory = packages });
    Information("Packed in {0}", MakeAbsolute(packages));
});

RunTarget(target);

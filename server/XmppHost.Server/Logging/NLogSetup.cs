using Microsoft.Extensions.Logging;
using NLog;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Layouts;
using NLog.Targets;
using NLog.Targets.Wrappers;
using XmppHost.Core.Plugins;
using XmppHost.Server.Settings;

namespace XmppHost.Server.Logging;

/// <summary>NLog as config wants it, in a factory of its own: two servers in one process log apart.</summary>
internal static class NLogSetup
{
    /// <summary>The id of the connection and the virtual host, wherever the line comes from: its own properties, or the scope it was written in.</summary>
    internal const string ConnectionLayout = "${event-properties:Conn:whenEmpty=${scopeproperty:Conn}}";
    internal const string HostLayout = "${event-properties:VHost:whenEmpty=${scopeproperty:VHost}}";

    internal static ILoggerFactory Create(LoggingOptions options, string configDirectory)
    {
        var factory = new LogFactory();
        factory.Configuration = options.ConfigFile is { } file ? Load(Path.GetFullPath(file, configDirectory), factory) : Build(options, factory);
        return new NLogLoggerFactory(new NLogLoggerProvider(new NLogProviderOptions { RemoveLoggerFactoryFilter = true }, factory));
    }

    private static XmlLoggingConfiguration Load(string path, LogFactory factory)
    {
        try
        {
            return new XmlLoggingConfiguration(path, factory);
        }
        catch (Exception e) when (e is NLogConfigurationException or IOException or UnauthorizedAccessException)
        {
            throw new Refusal($"logging.configFile: {Failure.Line(e)}");
        }
    }

    private static LoggingConfiguration Build(LoggingOptions options, LogFactory factory)
    {
        var configuration = new LoggingConfiguration(factory);
        var console = new ConsoleTarget("console") { Layout = options.Format == LogFormat.Json ? Json() : Text() };
        // A slow terminal must not hold up the stream that logs.
        var target = new AsyncTargetWrapper("async", console) { OverflowAction = AsyncTargetWrapperOverflowAction.Block, QueueLimit = 10_000 };
        foreach (var (name, level) in options.Levels.OrderByDescending(l => l.Key.Length))
            AddPart(configuration, $"{name}*", level, target);
        // What the web server says of every connection and request is for whoever looks into the web server.
        if (options.Level > Microsoft.Extensions.Logging.LogLevel.Debug) AddPart(configuration, "Microsoft.*", Microsoft.Extensions.Logging.LogLevel.Warning, target);
        configuration.LoggingRules.Add(new LoggingRule("*", NLogLevel(options.Level), target));
        return configuration;
    }

    // Two rules: one for what is wanted, one without a target that keeps the rest from the general rule below.
    private static void AddPart(LoggingConfiguration configuration, string pattern, Microsoft.Extensions.Logging.LogLevel level, Target target)
    {
        configuration.LoggingRules.Add(new LoggingRule(pattern, NLogLevel(level), target) { Final = true });
        var rest = new LoggingRule { LoggerNamePattern = pattern, Final = true };
        rest.EnableLoggingForLevels(NLog.LogLevel.Trace, NLog.LogLevel.Fatal);
        configuration.LoggingRules.Add(rest);
    }

    private static NLog.LogLevel NLogLevel(Microsoft.Extensions.Logging.LogLevel level) => level switch
    {
        Microsoft.Extensions.Logging.LogLevel.Trace => NLog.LogLevel.Trace,
        Microsoft.Extensions.Logging.LogLevel.Debug => NLog.LogLevel.Debug,
        Microsoft.Extensions.Logging.LogLevel.Information => NLog.LogLevel.Info,
        Microsoft.Extensions.Logging.LogLevel.Warning => NLog.LogLevel.Warn,
        Microsoft.Extensions.Logging.LogLevel.Error => NLog.LogLevel.Error,
        Microsoft.Extensions.Logging.LogLevel.Critical => NLog.LogLevel.Fatal,
        _ => NLog.LogLevel.Off,
    };

    private static SimpleLayout Text() => new(
        "${date:format=yyyy-MM-dd HH\\:mm\\:ss.fff} ${level:uppercase=true:padding=-5} [" + ConnectionLayout + " " + HostLayout + "] ${message}${onexception:${newline}${exception:format=ToString}}");

    private static JsonLayout Json() => new()
    {
        Attributes =
        {
            new JsonAttribute("time", "${date:universalTime=true:format=O}"),
            new JsonAttribute("level", "${level:lowercase=true}"),
            new JsonAttribute("logger", "${logger}"),
            new JsonAttribute("conn", ConnectionLayout),
            new JsonAttribute("vhost", HostLayout),
            new JsonAttribute("message", "${message}"),
            new JsonAttribute("exception", "${exception:format=ToString}"),
        },
    };
}

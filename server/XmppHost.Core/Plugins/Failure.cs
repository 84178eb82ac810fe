using System.Reflection;
using Autofac.Core;

namespace XmppHost.Core.Plugins;

/// <summary>What an exception comes down to, in one line.</summary>
internal static class Failure
{
    internal static string Line(Exception e) => e switch
    {
        // The wrappings of reflection and, once per level of the object graph, of Autofac.
        TargetInvocationException { InnerException: { } inner } => Line(inner),
        DependencyResolutionException { InnerException: { } inner } => Line(inner),
        FileNotFoundException { FileName: { } name } when name.Contains(", Version=", StringComparison.Ordinal) => $"{name.Split(',')[0]}.dll is not in the plugin's folder",
        _ => e.Message.ReplaceLineEndings(" ").Trim(),
    };
}

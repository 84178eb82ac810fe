using Autofac.Core;
using Autofac.Core.Registration;
using XmppHost.Plugins;

namespace XmppHost.Core.Plugins;

/// <summary>Runs a plugin's module so that an exception in its <c>Load</c> becomes a problem and does not hide those of the modules after it.</summary>
internal sealed class GuardedModule(IModule module, PluginContext context) : IModule
{
    public void Configure(IComponentRegistryBuilder componentRegistry)
    {
        var before = context.Problems.Count;
        var path = OptionNames.Path(context.Config.Path);
        try
        {
            module.Configure(componentRegistry);
        }
        catch (Exception e)
        {
            // With stand-ins for wrong options anything may fail: those options are the thing to tell.
            if (context.Problems.Count == before) context.Problems.Add($"{path}: the plugin failed to load: {Failure.Line(e)}");
        }

        if (!context.HasBoundOptions && context.Problems.Count == before)
            foreach (var option in context.Config.GetChildren())
                context.Problems.Add($"{path}.{option.Key}: unknown option; the plugin has none");
    }
}

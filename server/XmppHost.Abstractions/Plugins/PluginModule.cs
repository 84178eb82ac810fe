using System.Reflection;
using Module = Autofac.Module;

namespace XmppHost.Plugins;

/// <summary>
/// A plugin's composition for one virtual host. <c>Load</c> registers handlers, filters, disco features and services; it runs before anything starts and must resolve nothing.
/// </summary>
public abstract class PluginModule(PluginContext plugin) : Module
{
    protected PluginContext Plugin => plugin;

    // Autofac's own throws for a module that does not derive from Module directly.
    protected override Assembly ThisAssembly => GetType().Assembly;

    /// <summary>
    /// Binds and validates the plugin's options; problems, unknown keys among them, are added to <see cref="PluginContext.Problems"/> with their paths. Values may be
    /// <see cref="ByteSize"/>, <see cref="TimeSpan"/> (written <c>5 min</c>, <c>7 days</c> or <c>00:05:00</c>), <see cref="Secret"/>, enums, records and lists. A constructor default is the
    /// option's default. Implement <see cref="IValidatedOptions"/> for rules that span options.
    /// </summary>
    protected TOptions Options<TOptions>()
        where TOptions : class => OptionsBinder.Bind<TOptions>(plugin);
}

/// <summary>Options with rules of their own.</summary>
public interface IValidatedOptions
{
    /// <summary>Problems as (option path relative to the options, what is wrong), for instance ("s3.region", "is required with bucketUrl").</summary>
    IEnumerable<(string Option, string Problem)> Validate();
}

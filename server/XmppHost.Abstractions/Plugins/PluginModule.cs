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
    /// Binds and validates the plugin's options; problems, unknown keys among them, are added to <see cref="PluginContext.Problems"/> with their paths, and what comes back
    /// then has stand-ins in their places. Call it once.
    /// <para>An option is a constructor parameter or a settable property. Its default is the constructor's or the initializer's; without one it is required, unless it is nullable. Values may be
    /// <see cref="ByteSize"/>, <see cref="TimeSpan"/> (written <c>5 min</c>, <c>7 days</c> or <c>00:05:00</c>), <see cref="Secret"/>, <see cref="Uri"/>, <see cref="Addressing.Jid"/>, numbers,
    /// enums (in camelCase), whatever is <see cref="IParsable{TSelf}"/>, records, and lists and dictionaries of these. <c>[Required]</c>, <c>[Range]</c> (also <c>typeof(TimeSpan), "1 s", "1 h"</c>),
    /// <c>[RegularExpression]</c> and the other attributes of System.ComponentModel.DataAnnotations hold at every depth; <see cref="IValidatedOptions"/> is for rules that span options.</para>
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

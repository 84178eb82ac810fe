namespace XmppHost.Plugins;

internal static class OptionsBinder
{
    internal static T Bind<T>(PluginContext plugin)
        where T : class => throw new NotImplementedException(plugin.PluginId);
}

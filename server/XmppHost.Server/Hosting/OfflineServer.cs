using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Administration;
using XmppHost.Core.Plugins;
using XmppHost.Server.Control;

namespace XmppHost.Server.Hosting;

/// <summary>A server that does not run: composed for one command, with no port open.</summary>
internal static class OfflineServer
{
    /// <summary>Carries out a <c>user</c> command on the storage itself.</summary>
    internal static Task<UserReply> ExecuteAsync(Installation installation, UserRequest request, CancellationToken ct) =>
        ExecuteAsync(installation, hosts => new UserAdministration(hosts).ExecuteAsync(request, ct), ct);

    /// <summary>The same for a plugin's command.</summary>
    internal static Task<AdminReply> ExecuteAsync(Installation installation, AdminRequest request, CancellationToken ct) =>
        ExecuteAsync(installation, hosts => new PluginAdministration(hosts, NullLoggerFactory.Instance).ExecuteAsync(request, ct), ct);

    /// <summary>Puts everything together as a start would, in a folder that is thrown away.</summary>
    internal static async Task CheckAsync(Installation installation)
    {
        var scratch = Directory.CreateTempSubdirectory("xmpphost-check-").FullName;
        try
        {
            var endpoints = Endpoints.Of(installation.Settings.Endpoints);
            await using var composition = Composition.Create(installation, scratch, NullLoggerFactory.Instance, endpoints.PublicUrl);
            composition.Activate();
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<T> ExecuteAsync<T>(Installation installation, Func<IReadOnlyList<ComposedHost>, Task<T>> execute, CancellationToken ct)
    {
        installation.RefuseIfWrong();
        using var data = DataFolder.Open(installation.DataDirectory);
        await using var composition = Composition.Create(installation, data.Path, NullLoggerFactory.Instance, Endpoints.Of(installation.Settings.Endpoints).PublicUrl);
        composition.Activate();
        await composition.OpenStorageAsync(ct).ConfigureAwait(false);
        return await execute(composition.Hosts).ConfigureAwait(false);
    }
}

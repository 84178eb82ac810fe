using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Server.Control;

namespace XmppHost.Server.Hosting;

/// <summary>A server that does not run: composed for one command, with no port open.</summary>
internal static class OfflineServer
{
    /// <summary>Carries out a <c>user</c> command on the storage itself.</summary>
    internal static async Task<UserReply> ExecuteAsync(Installation installation, UserRequest request, CancellationToken ct)
    {
        installation.RefuseIfWrong();
        using var data = DataFolder.Open(installation.DataDirectory);
        await using var composition = Composition.Create(installation, data.Path, NullLoggerFactory.Instance, Endpoints.Of(installation.Settings.Endpoints).PublicUrl);
        composition.Activate();
        await composition.OpenStorageAsync(ct).ConfigureAwait(false);
        return await new UserAdministration(composition.Hosts).ExecuteAsync(request, ct).ConfigureAwait(false);
    }

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
}

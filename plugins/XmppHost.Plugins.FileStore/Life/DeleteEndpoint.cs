using Microsoft.AspNetCore.Http;
using XmppHost.Plugins.FileStore.Credentials;
using XmppHost.Plugins.FileStore.Disk;
using XmppHost.Plugins.FileStore.Receiving;

namespace XmppHost.Plugins.FileStore.Life;

/// <summary>Deletes a file for whoever has both secrets, as Metronome's upload module does it.</summary>
internal sealed class DeleteEndpoint(FileDepot depot, UploadTokens tokens, UploadRecords records, FileStoreMeters meters)
{
    internal async Task<int> HandleAsync(HttpContext context, UploadPath path)
    {
        if (!tokens.VerifyDelete(context.Request, path)) return StatusCodes.Status403Forbidden;
        if (!depot.Delete(path.Key)) return StatusCodes.Status404NotFound;
        meters.Deleted(1);
        await records.DeletedAsync(path.Decoded, context.RequestAborted).ConfigureAwait(false);
        return StatusCodes.Status204NoContent;
    }
}

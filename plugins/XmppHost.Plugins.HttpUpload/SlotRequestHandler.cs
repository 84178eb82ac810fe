using Microsoft.Extensions.Logging;
using XmppHost.Handlers;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.HttpUpload;

/// <summary>Hands out upload slots: XEP-0363 section 4.</summary>
[Xep(363, "1.2.0", Partial = "upload purposes are not told apart")]
internal sealed partial class SlotRequestHandler(string ns, string service, SlotPolicy policy, IUploadBackend backend, ILoggerFactory loggers) : IIqHandler
{
    private readonly ILogger _logger = loggers.CreateLogger<SlotRequestHandler>();

    public IqKey Key => new(ns, "request", IqType.Get, service);

    public IqTarget Target => IqTarget.Host;

    public bool Concurrent => backend.MayWait;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        var (file, error) = policy.Check(request);
        if (file is null) return error!;
        try
        {
            return UploadXml.Slot(ns, await backend.CreateSlotAsync(file, ct).ConfigureAwait(false));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogBackendFailed(e, request.Host.Name);
            return StanzaError.InternalServerError("the upload service cannot make a place for the file now") with { Type = StanzaErrorType.Wait };
        }
    }

    [LoggerMessage(1, LogLevel.Error, "no upload slot could be made on host {VHost}")]
    private partial void LogBackendFailed(Exception e, string vHost);
}

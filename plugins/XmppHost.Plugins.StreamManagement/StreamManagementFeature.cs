using System.Globalization;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.StreamManagement;

/// <summary>The protocol of XEP-0198; counting, keeping and repeating stanzas is the session's.</summary>
[Xep(198, "1.6.3")]
internal sealed class StreamManagementFeature(StreamManagementOptions options) : IStreamFeature
{
    public int Order => 320;

    public StreamPhases Phases => StreamPhases.BeforeBinding | StreamPhases.Bound;

    public string Namespace => Ns.StreamManagement;

    public XmppElement? Advertise(IStreamContext stream) => stream is { Account: not null, Session: null } ? StreamManagementXml.Feature : null;

    public ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct) => element.Name switch
    {
        "a" => ValueTask.FromResult(Acknowledge(stream, element)),
        "r" => AnswerAsync(stream),
        "enable" => ValueTask.FromResult(Enable(stream, element)),
        "resume" => ResumeAsync(stream, element, ct),
        _ => ValueTask.FromResult(StreamStep.Close(StreamError.UnsupportedStanzaType)),
    };

    private StreamStep Enable(IStreamContext stream, XmppElement element)
    {
        // Section 3: after binding, and once. The text wants a stream error for the second time, its example and section 6 have <failed/>, and only that lets the session live; the
        // first <enable/> stays in force.
        if (stream.Session is not { Reliability.Enabled: false } session)
        {
            stream.Send(StreamManagementXml.Failed("unexpected-request"));
            return StreamStep.Continue;
        }

        var window = Window(element);
        var id = session.Reliability.Enable(window);
        stream.Send(StreamManagementXml.Enabled(id, window ?? TimeSpan.Zero));
        return StreamStep.Continue;
    }

    private TimeSpan? Window(XmppElement enable)
    {
        if (options.ResumeTimeout == TimeSpan.Zero || !StreamManagementXml.IsTrue(enable.Attribute("resume"))) return null;
        return uint.TryParse(enable.Attribute("max"), NumberStyles.None, CultureInfo.InvariantCulture, out var max) && max > 0 && max < options.ResumeTimeout.TotalSeconds
            ? TimeSpan.FromSeconds(max)
            : options.ResumeTimeout;
    }

    // Section 4: the answer says what is safe, so it waits until that is on disk; stanzas may pass it by.
    private static ValueTask<StreamStep> AnswerAsync(IStreamContext stream)
    {
        if (stream.Session is not { Reliability.Enabled: true } session) return ValueTask.FromResult(StreamStep.Close(StreamError.PolicyViolation with { Text = "stream management is off" }));
        var answering = session.Reliability.AnswerDurablyAsync(StreamManagementXml.Ack);
        if (!answering.IsCompletedSuccessfully) _ = AnswerLaterAsync(session, answering);
        return ValueTask.FromResult(StreamStep.Continue);
    }

    private static async Task AnswerLaterAsync(ISession session, ValueTask answering)
    {
        try
        {
            await answering.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What could not be stored must not be acknowledged: the client will send it again.
            await session.CloseAsync(StreamError.InternalServerError).ConfigureAwait(false);
        }
    }

    private static StreamStep Acknowledge(IStreamContext stream, XmppElement element)
    {
        if (stream.Session is not { Reliability.Enabled: true } session || !StreamManagementXml.TryCount(element, out var handled))
            return StreamStep.Close(StreamError.PolicyViolation with { Text = "unexpected acknowledgement" });
        return session.Reliability.Acknowledge(handled)
            ? StreamStep.Continue
            : StreamStep.Close(StreamManagementXml.CountTooHigh(handled, session.Reliability.Sent));
    }

    private static async ValueTask<StreamStep> ResumeAsync(IStreamContext stream, XmppElement element, CancellationToken ct)
    {
        if (stream.Session is not null || element.Attribute("previd") is not { } previous || !StreamManagementXml.TryCount(element, out var handled))
        {
            stream.Send(StreamManagementXml.Failed(stream.Session is null ? "bad-request" : "unexpected-request"));
            return StreamStep.Continue;
        }

        var outcome = await stream.ResumeAsync(previous, handled, h => StreamManagementXml.Resumed(previous, h), ct).ConfigureAwait(false);
        if (outcome.Sent is { } sent) return StreamStep.Close(StreamManagementXml.CountTooHigh(handled, sent));
        if (!outcome.Resumed) stream.Send(StreamManagementXml.Failed("item-not-found", outcome.Handled));
        return StreamStep.Continue;
    }
}

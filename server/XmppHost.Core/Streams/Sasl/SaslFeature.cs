using System.Net;
using Microsoft.Extensions.Logging;
using XmppHost.Core.Observability;
using XmppHost.Core.VHosts;
using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>SASL on the stream (RFC 6120 section 6). The stream must be an <see cref="ISaslStream"/>.</summary>
internal sealed partial class SaslFeature(AuthOptions options, SaslMechanisms mechanisms, LoginThrottle throttle, HostMetrics metrics, ILogger<SaslFeature> logger) : IStreamFeature
{
    // Base64 of the longest legal message: names, nonces and a binding of a few hundred bytes each, a password of some thousand.
    private const int MaxMessage = 16_384;

    // RFC 6120 section 6.4.5 wants 2 to 5; clients that go through the mechanisms in turn need them.
    private const int MaxRetries = 5;

    public int Order => 200;

    public StreamPhases Phases => StreamPhases.BeforeAuthentication;

    public string Namespace => Ns.Sasl;

    public XmppElement? Advertise(IStreamContext stream)
    {
        if (stream is not ISaslStream { Account: null } sasl) return null;
        var names = mechanisms.Offered(sasl.IsSecure, sasl.Bindings).Select(name => new XmppElement("mechanism", Ns.Sasl).Add(name)).ToList();
        return names.Count == 0 ? null : new XmppElement("mechanisms", Ns.Sasl).Add(names);
    }

    public ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct)
    {
        var sasl = (ISaslStream)stream;
        return element.Name switch
        {
            "auth" => BeginAsync(sasl, element, ct),
            "response" => sasl.Sasl.Current is null ? Refused(sasl, SaslFailure.Malformed("No exchange is under way")) : StepAsync(sasl, element.Text, ct),
            "abort" => Refused(sasl, SaslFailure.Aborted),
            _ => ValueTask.FromResult(StreamStep.Close(StreamError.UnsupportedStanzaType)),
        };
    }

    private ValueTask<StreamStep> BeginAsync(ISaslStream stream, XmppElement auth, CancellationToken ct)
    {
        if (!stream.IsSecure && options.RequireTls) return Refused(stream, SaslFailure.EncryptionRequired);
        var context = new SaslContext(stream.Host, stream.IsSecure, stream.Bindings, new LoginGate(throttle, (stream.RemoteEndPoint as IPEndPoint)?.Address));
        stream.Sasl.Current = mechanisms.Start(auth.Attribute("mechanism") ?? "", context);
        return stream.Sasl.Current is null ? Refused(stream, SaslFailure.InvalidMechanism) : StepAsync(stream, auth.Text, ct);
    }

    private async ValueTask<StreamStep> StepAsync(ISaslStream stream, string text, CancellationToken ct)
    {
        if (text.Length > MaxMessage) return Fail(stream, SaslFailure.Malformed("The message is too long"));
        // RFC 6120 section 6.4.2: a single equals sign is a message of no length.
        if ((text is "=" ? [] : SaslBase64.Decode(text)) is not { } message) return Fail(stream, SaslFailure.IncorrectEncoding);
        SaslStep step;
        try
        {
            step = await stream.Sasl.Current!.StepAsync(message, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            StoreFailed(e);
            step = SaslFailure.StorageFailed;
        }

        if (step.Error is { } error) return Fail(stream, error);
        if (step.Account is not null) return Succeed(stream, step);
        stream.Send(WithData("challenge", step.Data));
        return StreamStep.Continue;
    }

    private static StreamStep Succeed(ISaslStream stream, SaslStep step)
    {
        var isAnonymous = stream.Sasl.Current!.IsAnonymous;
        stream.Sasl.Current = null;
        stream.Send(WithData("success", step.Data));
        stream.Authenticated(step.Account!, isAnonymous);
        return StreamStep.Restart;
    }

    private ValueTask<StreamStep> Refused(ISaslStream stream, SaslFailure failure) => ValueTask.FromResult(Fail(stream, failure));

    // RFC 6120 section 6.4.5: the client may try again, so often and no more.
    private StreamStep Fail(ISaslStream stream, SaslFailure failure)
    {
        Refusing(Printable(stream.Sasl.Current?.ClaimedName), stream.Host.Name, stream.RemoteEndPoint, failure.Condition);
        metrics.LoginFailed(failure.Condition);
        stream.Sasl.Current = null;
        var element = new XmppElement("failure", Ns.Sasl).Add(new XmppElement(failure.Condition, Ns.Sasl));
        if (failure.Text is not null) element = element.Add(new XmppElement("text", Ns.Sasl).With("lang", "en", XmlNs.Xml).Add(failure.Text));
        stream.Send(element);
        return ++stream.Sasl.Failures > MaxRetries ? StreamStep.Close(StreamError.PolicyViolation) : StreamStep.Continue;
    }

    // A name is the client's: it must neither forge a line of the log nor fill it.
    private static string Printable(string? name) =>
        string.Concat((name ?? "").Take(80).Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c));

    private static XmppElement WithData(string name, byte[]? data) =>
        new XmppElement(name, Ns.Sasl).Add(data is { Length: > 0 } ? Convert.ToBase64String(data) : null);

    [LoggerMessage(Level = LogLevel.Information, Message = "Login of '{Name}' at {Host} from {Address} refused: {Condition}")]
    private partial void Refusing(string name, string host, EndPoint? address, string condition);

    [LoggerMessage(Level = LogLevel.Error, Message = "The account store failed during a login")]
    private partial void StoreFailed(Exception e);
}

using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.ExternalServices;

/// <summary>The services of the config, as elements with what the asking account logs in with.</summary>
internal sealed class ServiceList(ExternalServicesOptions options, TimeProvider clock)
{
    /// <summary>XEP-0215 section 3: <c>forbidden</c> for whoever has no permission, which are all but this host's own accounts.</summary>
    internal StanzaError? Refusal(IqRequest request) =>
        request.Session is { } session && request.From.Domain == request.Host.Name && (options.Anonymous || !session.IsAnonymous) ? null : StanzaError.Forbidden("this is for accounts of the host");

    /// <summary>All services, or those of a type.</summary>
    internal IEnumerable<XmppElement> Of(string? type, IqRequest request) =>
        from service in options.Services
        where type is null || service.Type == type
        select ExternalServicesXml.Service(service, Login(service, request), request.Payload.Namespace);

    /// <summary>Those that one of the wanted means, as far as they have credentials.</summary>
    internal IEnumerable<XmppElement> WithCredentials(IReadOnlyList<WantedService> wanted, IqRequest request) =>
        from service in options.Services
        where service.HasCredentials && wanted.Any(w => w.Means(service))
        let login = Login(service, request)
        where login is not null
        select ExternalServicesXml.Service(service, login, request.Payload.Namespace);

    private ServiceLogin? Login(ServiceOptions service, IqRequest request) => ServiceLogin.For(service, request.From, clock.GetUtcNow());
}

using System.Text.Json.Serialization;
using XmppHost.Administration;

namespace XmppHost.Server.Control;

/// <summary>What goes over the control socket.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(UserRequest))]
[JsonSerializable(typeof(UserReply))]
[JsonSerializable(typeof(AdminRequest))]
[JsonSerializable(typeof(AdminReply))]
internal sealed partial class ControlJson : JsonSerializerContext;

using System.Text.Json;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>What one of the two clients has seen.</summary>
/// <param name="Finished">Whether it came to its end by itself.</param>
/// <param name="Acknowledged">The numbers that the server acknowledged to the sender.</param>
/// <param name="Received">The numbers that arrived, in the order of their arrival.</param>
/// <param name="Breaches">What the server did against the protocol.</param>
/// <param name="RepeatedAfterLoss">Numbers sent again in a new session without knowing whether they had arrived before.</param>
/// <param name="Connections">How often it logged in.</param>
/// <param name="Resumed">How often the server resumed the session.</param>
/// <param name="NewSessions">How often a session began.</param>
/// <param name="RefusedResumptions">How often the server did not know the session any more.</param>
/// <param name="Resent">How many stanzas it sent again.</param>
internal sealed record NumberedSide(
    bool Finished, int[] Acknowledged, int[] Received, string[] Breaches, int[] RepeatedAfterLoss, int Connections, int Resumed, int NewSessions,
    int RefusedResumptions, int Resent)
{
    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string Output { get; init; } = "";

    public override string ToString() =>
        $"{Acknowledged.Length} acknowledged, {Received.Length} received, {Connections} connections, {Resumed} resumed, {NewSessions} new sessions, " +
        $"{RefusedResumptions} refused resumptions, {Resent} resent";
}

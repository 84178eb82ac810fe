using System.CommandLine;
using System.Runtime.InteropServices;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Cli;

/// <summary><c>run</c>: the server until Ctrl-C or SIGTERM.</summary>
internal static class RunCommand
{
    internal static Command Create(CommonOptions common, Dictionary<Command, string[]> examples)
    {
        var command = new Command("run", "Runs the server until Ctrl-C or SIGTERM.");
        SetAction(command, common);
        examples[command] =
        [
            "xmpphost run",
            "xmpphost run --config xmpphost.json --data /var/lib/xmpphost",
            "xmpphost run --set endpoints:c2s:listen:0=127.0.0.1:15222 --set logging:level=debug",
            "XMPPHOST__logging__format=json xmpphost run     # the environment overrides the file, --set overrides both",
        ];
        return command;
    }

    internal static void SetAction(Command command, CommonOptions common) => command.SetAction(async (parsed, _) =>
    {
        var started = TimeProvider.System.GetTimestamp();
        var installation = common.Load(parsed);
        using var stop = new StopSignal();
        await using var server = await RunningServer.StartAsync(installation, stop.Token).ConfigureAwait(false);
        await Banner.WriteAsync(server, parsed.InvocationConfiguration.Output, common.Repeat(parsed), started).ConfigureAwait(false);
        await stop.Requested.ConfigureAwait(false);
        await server.StopAsync().ConfigureAwait(false);
        return 0;
    });

    /// <summary>The first Ctrl-C or SIGTERM asks for a clean stop; a second one ends the process as the system would.</summary>
    private sealed class StopSignal : IDisposable
    {
        private readonly TaskCompletionSource _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenSource _cancel = new();
        private readonly PosixSignalRegistration[] _registrations;

        internal StopSignal() => _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];

        internal Task Requested => _requested.Task;

        /// <summary>Canceled with the signal, for a start that is still under way.</summary>
        internal CancellationToken Token => _cancel.Token;

        public void Dispose()
        {
            foreach (var registration in _registrations) registration.Dispose();
            _cancel.Dispose();
        }

        private void OnSignal(PosixSignalContext context)
        {
            context.Cancel = _requested.TrySetResult();
            if (context.Cancel) _cancel.Cancel();
        }
    }
}

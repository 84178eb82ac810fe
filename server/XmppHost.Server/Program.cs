using XmppHost.Server.Cli;

return await new XmppHostCommand().RunAsync(args).ConfigureAwait(false);

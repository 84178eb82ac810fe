using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>
/// The SDK's client with a Content-MD5 on requests that have a document: S3 used to demand it for deletions and for settings of a bucket, and other stores (Swift, older MinIO) still do, while the
/// SDK has gone on to other checksums.
/// </summary>
internal sealed class DigestingS3Client(AWSCredentials keys, AmazonS3Config config) : AmazonS3Client(keys, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerBefore<Signer>(new Digest());
    }

    private sealed class Digest : PipelineHandler
    {
        public override void InvokeSync(IExecutionContext executionContext)
        {
            Add(executionContext);
            base.InvokeSync(executionContext);
        }

        public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            Add(executionContext);
            return base.InvokeAsync<T>(executionContext);
        }

        private static void Add(IExecutionContext context)
        {
            // Documents come as streams over memory; uploads of files are none of this client's business.
            if (context.RequestContext.Request is not { ContentStream: { CanSeek: true, Length: > 0 } document } request) return;
            var start = document.Position;
#pragma warning disable CA5351 // against corruption on the way, as the protocol has it; the signature is what protects
            request.Headers["Content-MD5"] = Convert.ToBase64String(MD5.HashData(document));
#pragma warning restore CA5351
            document.Position = start;
        }
    }
}

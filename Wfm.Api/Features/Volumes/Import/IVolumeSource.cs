using Wfm.Api.Features.Volumes.Storage;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>Good rows of a file, one format each.</summary>
internal interface IVolumeSource : IAsyncDisposable
{
    /// <summary>The next good rows, as many as fit; fewer only at the end of the file.</summary>
    ValueTask<int> Fill(Memory<VolumeRow> rows, CancellationToken cancellationToken);
}

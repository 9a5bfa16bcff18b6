using Wfm.Api.Features.Volumes.Storage;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>Judges the rows of a file one by one, whatever its format.</summary>
internal interface IVolumeRows
{
    /// <param name="line">Line of the file.</param>
    /// <param name="fields">By reference only because it is large.</param>
    /// <returns>True when the row goes on; false when it was refused or taken already.</returns>
    bool TryRead(long line, ref VolumeFields fields, out VolumeRow row);
}

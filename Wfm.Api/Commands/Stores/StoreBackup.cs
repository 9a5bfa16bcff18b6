using Wfm.Api.Persistence;

namespace Wfm.Api.Commands.Stores;

/// <summary>A store as one file, and back.</summary>
internal abstract class StoreBackup
{
    /// <summary>Writes the store as it is at one moment; the file is there when all of it is written.</summary>
    /// <param name="file">A path where nothing is.</param>
    /// <exception cref="StoreRefusedException">It cannot be done; the message says why.</exception>
    public async Task Write(string file, CancellationToken cancellationToken)
    {
        var partial = file + ".partial";
        try
        {
            await WriteTo(partial, cancellationToken);
            File.Move(partial, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException($"{file} cannot be written: {e.Message}");
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Puts a backup in place of the store: all of it or, when that breaks, nothing.</summary>
    /// <param name="force">Whether a store that holds something is replaced.</param>
    /// <exception cref="StoreRefusedException">It cannot be done; the message says why.</exception>
    public abstract Task Read(string file, bool force, CancellationToken cancellationToken);

    protected abstract Task WriteTo(string file, CancellationToken cancellationToken);

    protected static StoreRefusedException NotEmpty() => new("The store is not empty; --force replaces all that it holds.");

    protected static StoreRefusedException NoBackup(string file, string why) => new($"{file} is no backup of this kind of store: {why}");
}

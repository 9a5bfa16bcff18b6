using Hangfire.Logging;

namespace Wfm.Api.Jobs;

/// <summary>The engine has one log for a whole process: that of the host which started last, for as long as it lives.</summary>
internal sealed class JobEngineLog(ILoggerFactory loggers) : ILogProvider
{
    public ILog GetLogger(string name) => new Log(loggers, name);

    private sealed class Log(ILoggerFactory loggers, string name) : ILog
    {
        bool ILog.Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception)
        {
            try
            {
                var (logger, level) = (loggers.CreateLogger(name), LevelOf(logLevel));
                if (messageFunc is not null && logger.IsEnabled(level)) // without a text it asks whether it would be heard
                {
                    logger.Log(level, 0, messageFunc(), exception, (text, _) => text);
                }

                return logger.IsEnabled(level);
            }
            catch (ObjectDisposedException)
            {
                return false; // that host has ended, another one lives on
            }
        }

        private static Microsoft.Extensions.Logging.LogLevel LevelOf(Hangfire.Logging.LogLevel level) => level switch
        {
            Hangfire.Logging.LogLevel.Trace => Microsoft.Extensions.Logging.LogLevel.Trace,
            Hangfire.Logging.LogLevel.Debug => Microsoft.Extensions.Logging.LogLevel.Debug,
            Hangfire.Logging.LogLevel.Info => Microsoft.Extensions.Logging.LogLevel.Information,
            Hangfire.Logging.LogLevel.Warn => Microsoft.Extensions.Logging.LogLevel.Warning,
            Hangfire.Logging.LogLevel.Error => Microsoft.Extensions.Logging.LogLevel.Error,
            _ => Microsoft.Extensions.Logging.LogLevel.Critical,
        };
    }
}

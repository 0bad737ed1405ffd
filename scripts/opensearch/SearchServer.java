import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One OpenSearch node on loopback for development and tests. Arguments: its folder, its HTTP port, its transport port. It ends in
 * order on SIGTERM.
 */
public final class SearchServer extends Node {
    private static final String NAME = "techcorp";

    /** What the official distribution calls modules; a node from jars must name them. */
    private static final List<Class<? extends Plugin>> MODULES = List.of(
            Netty4Plugin.class,
            CommonAnalysisPlugin.class,
            PainlessPlugin.class,
            MapperExtrasPlugin.class,
            ReindexPlugin.class);

    private static final String LOGGING = """
            status = error
            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{ISO8601} %-5p %c{1.}: %m%n
            rootLogger.level = warn
            rootLogger.appenderRef.console.ref = console
            """;

    private SearchServer(Environment environment) {
        super(environment, MODULES, false);
    }

    private static Environment environment(Path home, String httpPort, String transportPort) throws IOException {
        Path config = Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("logs"));
        Files.writeString(config.resolve("log4j2.properties"), LOGGING);
        Settings settings = Settings.builder()
                .put("cluster.name", NAME)
                .put("node.name", NAME)
                .put("path.home", home.toString())
                .put("path.repo", home.resolve("snapshots").toString())
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                .put("http.port", httpPort)
                .put("transport.port", transportPort)
                // A developer's disk may well be nine tenths full; the node would refuse to write.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
        return InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), config, () -> NAME);
    }

    private static void closeAtExit(Node node) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (IOException error) {
                error.printStackTrace();
            }
        }));
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 3) {
            System.err.println("usage: SearchServer FOLDER HTTP_PORT TRANSPORT_PORT");
            System.exit(2);
        }
        try {
            Environment environment =
                    environment(Path.of(arguments[0]).toAbsolutePath(), arguments[1], arguments[2]);
            LogConfigurator.registerErrorListener();
            LogConfigurator.configure(environment);
            Node node = new SearchServer(environment);
            closeAtExit(node);
            node.start();
        } catch (Throwable error) {
            // Threads that were started keep the process alive, so it must be told.
            error.printStackTrace();
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}

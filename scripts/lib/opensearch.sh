# shellcheck shell=bash disable=SC2154 # here, base, place, state and lock are set by servers
# OpenSearch as a private node. There is no Debian package of it: Maven fetches its jars once, scripts/opensearch starts them.

opensearch_sources=$here/opensearch
opensearch_cache=${XDG_CACHE_HOME:-$HOME/.cache}/techcorp/opensearch
# Another pom.xml is another folder of jars.
opensearch_jars=$opensearch_cache/$(cksum <"$opensearch_sources/pom.xml" | cut -d' ' -f1)

opensearch_packages() {
  has javac || printf 'default-jdk-headless\n'
  [[ -d $opensearch_jars ]] || has mvn || printf 'maven\n'
}
# HTTP, and between nodes.
opensearch_ports() { printf '%s\n' "$((base + 92))" "$((base + 93))"; }
opensearch_seconds() { printf '120\n'; }

opensearch_prepare() {
  [[ -d $opensearch_jars ]] && return 0
  printf 'opensearch: fetching its jars, 50 MB, into %s\n' "$opensearch_cache"
  mkdir -p "$opensearch_cache"
  local incomplete
  incomplete=$(mktemp -d "$opensearch_cache/incomplete.XXXXXX")
  mvn -B -q -Dstyle.color=never -f "$opensearch_sources/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    "-DoutputDirectory=$incomplete" || fail "the jars of OpenSearch cannot be fetched; read Maven's message above."
  # Somebody else may have been quicker.
  mv -T "$incomplete" "$opensearch_jars" 2>/dev/null || rm -rf "$incomplete"
}

opensearch_start() {
  local heap=${OPENSEARCH_HEAP:-512m}
  install -d -m 700 "$place/opensearch"
  launch opensearch "$(id -un)" java "-Xms$heap" "-Xmx$heap" -cp "$opensearch_jars/*" "$opensearch_sources/SearchServer.java" \
    "$place/opensearch" "$((base + 92))" "$((base + 93))"
}

# A node that has just started answers before it has found its indexes.
opensearch_ready() {
  [[ $(ask "$((base + 92))" 'GET /_cluster/health?wait_for_status=yellow&timeout=2s HTTP/1.0\r\n\r\n' 15) == *' 200 '* ]]
}

opensearch_stop() { halt opensearch TERM; }

opensearch_url() { printf 'OPENSEARCH_URL=http://127.0.0.1:%s\n' "$((base + 92))"; }

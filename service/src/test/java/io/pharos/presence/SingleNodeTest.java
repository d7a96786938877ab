package io.pharos.presence;

/** The contract, kept by a node that is alone. */
class SingleNodeTest extends MembersContract {
  @Override
  Members create(NodeView view) {
    return new SingleNode(view);
  }
}
